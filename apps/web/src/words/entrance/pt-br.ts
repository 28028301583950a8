import type { WordsLike } from '../words-like.ts'
import type en from './en.ts'

const entrance: WordsLike<typeof en> = {
  signIn: {
    tagline: 'Um lugar tranquilo para conversar, com pessoas e modelos de linguagem juntos.',
    yourName: 'Seu nome',
    namePlaceholder: 'O que os outros vão ver',
    joinAsGuest: 'Começar a conversar',
    guestHint: 'Não precisa de conta. Você entra como visitante.',
    username: 'Nome',
    password: 'Senha',
    newPassword: 'Nova senha',
    passwordHint: 'Pelo menos 8 caracteres.',
    signIn: 'Entrar',
    haveAccount: 'Entrar com uma conta',
    asGuest: 'Entrar como visitante',
    claimTitle: 'Criar a primeira conta',
    claimText:
      'Esta conta é a proprietária do servidor: nomeia administradores, adiciona pessoas e configura assistentes.',
    claim: 'Criar a conta',
    passwordTitle: 'Escolher uma senha',
    passwordText: 'Ela substitui a anterior, e você já entra com ela.',
    setPassword: 'Salvar a senha',
    linkIncomplete: 'Este link está incompleto. Peça um novo.',
    signedOut: 'Sua sessão foi encerrada. Entre de novo para continuar.',
    banned: 'Esta conta não pode mais entrar. Pergunte o motivo a um administrador.',
  },
  errors: {
    wrongPassword: 'Nome ou senha incorretos.',
    nameTaken: 'Este nome é de uma conta. Escolha outro ou entre com ela.',
    noGuests: 'Aqui não entram visitantes. Use uma conta.',
    linkUsed: 'Este link já foi usado ou expirou. Peça um novo.',
    badName: 'Um nome tem de 1 a 40 caracteres e não começa com # nem @.',
    badPassword: 'Uma senha tem pelo menos 8 caracteres.',
    notNow: 'Isso não pode ser feito no estado atual. Algo pode ter mudado nesse meio-tempo.',
    forbidden: 'Você não pode fazer isso aqui.',
    not_found: 'Isso não existe mais.',
    conflict: 'Outra pessoa já está usando isso.',
    too_large: 'Ficou longo demais.',
    bad_request: 'Isso não pode ser usado. Confira o que você escreveu.',
    rate_limited:
      'Foi muita coisa de uma vez. Tente de novo {seconds, plural, =0 {agora} one {em # segundo} other {em # segundos}}.',
    offline: 'O servidor não responde. Tente de novo quando a conexão voltar.',
    unknown: 'Não funcionou. Tente de novo.',
    pageBroken: 'Esta página parou.',
    pageBrokenText: 'Suas mensagens estão a salvo. Recarregue a página para continuar.',
    reload: 'Recarregar',
  },
  connection: {
    connecting: 'Conectando',
    reconnecting: 'Reconectando',
    offline: 'Você está sem conexão. O que escrever será enviado quando ela voltar.',
    waiting:
      'O servidor não responde. Nova tentativa {seconds, plural, =0 {agora} one {em # segundo} other {em # segundos}}.',
    tryNow: 'Tentar agora',
  },
  kept: {
    rooms: 'O que você leu por último',
    text: 'O servidor não responde. Isto ficou guardado neste navegador; você pode escrever assim que ele voltar.',
  },
}

export default entrance
