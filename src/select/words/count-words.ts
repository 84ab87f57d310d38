import { countTokens } from './count-tokens.js';
import { splitSentences } from './sentences.js';

/**
 * Counts the word tokens of an English text: its sentences by Punkt's rules, the tokens of each by those of the Penn
 * Treebank, as NLTK's `word_tokenize` counts them. This is the measure by which the 1,000 examples of *Long Is More
 * for Alignment* are the longest of Alpaca.
 */
export function countWords(text: string): number {
  return splitSentences(text).reduce((sum, sentence) => sum + countTokens(sentence), 0);
}
