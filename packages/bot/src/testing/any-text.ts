import fc from 'fast-check'

const unit = fc.oneof(
  fc.constantFrom('a', ' ', '\n', '\r', '\u0000', 'é', '漢'),
  fc.constantFrom('\u{1F600}', '\ud83d', '\ude00'),
  fc.nat(0xffff).map((code) => String.fromCharCode(code)),
)

/** A text of any UTF-16 units, halves of pairs among them. */
export const anyText: fc.Arbitrary<string> = fc.array(unit, { maxLength: 24 }).map((units) => units.join(''))
