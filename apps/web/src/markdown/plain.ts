const marks = /[*_`~[\]<>#|\\&@\n]|https?:|www\.|^\s*(?:[-+=]|\d+[.)])|^\s|\s{2,}$|\S@\S/

/** Whether a text is one paragraph of words alone, which is most of what people write: Markdown has nothing to say to it. */
export const isPlain = (text: string): boolean => !marks.test(text)
