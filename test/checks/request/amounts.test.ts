import { describe, expect, test } from 'vitest';
import { readAmounts } from '../../../src/checks/request/amounts.js';

const ANY = Number.POSITIVE_INFINITY;

describe('readAmounts', () => {
  test.each([
    ['Write a 500-word essay on tides.', 'words', 500, 500],
    ['Write a short 150 word report.', 'words', 150, 150],
    ['Write an essay about tides in 200 words.', 'words', 200, 200],
    ['Compose a story of five hundred words that ends well.', 'words', 500, 500],
    ['Write an article of 800-900 words.', 'words', 800, 900],
    ['Write between 200 and 300 words on tides.', 'words', 200, 300],
    ['Explain it in 100 to 150 words.', 'words', 100, 150],
    ['Write a post of at least 1,500 words.', 'words', 1500, ANY],
    ['Write a post with a minimum of 300 words.', 'words', 300, ANY],
    ['The answer should have no fewer than 50 words.', 'words', 50, ANY],
    ['Make it 250 words or more.', 'words', 250, ANY],
    ['Tell it in no more than 50 words.', 'words', 0, 50],
    ['Tell it in less than fifty words.', 'words', 0, 50],
    ['A story (title and text in <100 words) about a gull.', 'words', 0, 100],
    ['Tell it in 100 words or less.', 'words', 0, 100],
    ['Tell it. Word limit: 80 words.', 'words', 0, 80],
    ['Give a summary (max. 60 words).', 'words', 0, 60],
    ['Reduce the essay to 500 words.', 'words', 0, 500],
    ['Write about 300 words on tides.', 'words', 300, 300],
    ['Write three paragraphs of 200 words each.', 'words', 600, 600],
    ['An article of 500-700 words.', 'words', 500, 700],
    ['No less than 150 words.', 'words', 150, ANY],
    ['Four articles of 300 words each.', 'words', 1200, 1200],
    ['Describe the sea in three words.', 'words', 3, 3],
    ['Write a tweet of at most 280 characters.', 'characters', 0, 280],
    ['Write a tweet of 280 characters.', 'characters', 0, 280],
    ['Explain tides in one sentence.', 'sentences', 1, 1],
    ['Give a two-sentence summary.', 'sentences', 2, 2],
    ['Tell it in 3-4 sentences.', 'sentences', 3, 4],
    ['Write four rhyming sentences about gulls.', 'sentences', 4, 4],
    ['Write a three paragraph essay.', 'paragraphs', 3, 3],
    ['Write a five-paragraph essay.', 'paragraphs', 5, 5],
    ['Describe a boat in 3 paragraphs.', 'paragraphs', 3, 3],
    ['Write an eight-line poem.', 'lines', 8, 8],
    ['Write ten lines about gulls.', 'lines', 10, 10],
    ['Write a poem of four stanzas.', 'stanzas', 4, 4],
    ['Put it in three bullet points.', 'items', 3, 3],
  ] as const)('reads %j', (instruction, unit, min, max) => {
    const amount = readAmounts(instruction).find((other) => other.unit === unit);
    expect(amount).toMatchObject({ unit, min, max, isPlain: true });
    expect(instruction).toContain(amount?.words);
  });

  test('reads several amounts', () => {
    const amounts = readAmounts('Write 3 paragraphs of at least 7 sentences, about 200 words in all.');
    expect(amounts.map(({ unit }) => unit)).toEqual(['paragraphs', 'sentences', 'words']);
  });

  test.each([
    ['Generate a list of 100 words for a game.', 'words', 100, 100],
    [`${'Read all of this with care. '.repeat(50)}Write it in 500 words.`, 'words', 500, 500],
    ['Write 3 lines of code.', 'lines', 3, 3],
    ['Draw a two-line graph.', 'lines', 2, 2],
    ['Schreibe einen Aufsatz mit 500 Wörtern.', 'words', 500, 500],
    ['Un texto de 150 palabras.', 'words', 150, 150],
    ['Напиши эссе на 300 слов.', 'words', 300, 300],
    ['Höchstens 280 Zeichen.', 'characters', 0, 280],
    ['Un poème de huit vers, 3 phrases.', 'sentences', 3, 3],
    ['Ein Gedicht mit 12 Zeilen.', 'lines', 12, 12],
    ['Un ensayo de 4 párrafos.', 'paragraphs', 4, 4],
    ['写一篇 300 字的文章', 'characters', 300, 300],
    ['用300字介绍北京', 'characters', 300, 300],
  ] as const)('is in doubt about %j', (instruction, unit, min, max) => {
    expect(readAmounts(instruction)).toMatchObject([{ unit, min, max, isPlain: false }]);
  });

  test.each([
    'Write about the words of the year 2000.',
    'Use these two words: moon, river.',
    'Make a story out of the following three sentences.',
    'Tell a story from a single sentence.',
    'Version 2.5 words',
    'Add 20 lineages.',
    `${'Read all of this with care. '.repeat(400)}Write it in 500 words.`,
    'Tell of the year 2020 in a few words.',
    'Summarize the following 500-word article.',
    'Summarize this 500 word article.',
    'Proofread a 300-word essay.',
    'Combine the two sentences.',
    'Combine these two sentences into a new one: it rains; it pours.',
    'Add two sentences to the story.',
    'Rewrite the last three paragraphs.',
    'Write a summary of a 900-word report.',
    'Outline the structure of a five-paragraph essay.',
    'Make a plan to write a 1500-word essay.',
    'How many pages are in a book of 3000 words?',
    'Design a store for a dictionary of 5,000 words.',
    'Name five words that rhyme with sea.',
    'Find 10 different words for water.',
    'Write a 2 word search puzzle.',
    'Write a story about two characters.',
    'Answer a question of 4 words below',
    'Write an essay titled "In 500 words".',
    "Write a story called 'A ten-line poem'.",
    'Write a letter to the top 10 company in town.',
  ])('finds no amount in %j', (instruction) => {
    expect(readAmounts(instruction)).toEqual([]);
  });
});
