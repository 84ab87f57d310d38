/** Whether a text can be the response of a row: it says something, and every reader of a training set takes it. */
export function isUsableText(text: string | null): text is string {
  return text !== null && text.trim() !== '' && !text.includes('\0') && text.isWellFormed();
}
