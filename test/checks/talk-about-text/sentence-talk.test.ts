import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/checks/request/request.js';
import { namesWork } from '../../../src/checks/talk-about-text/names-of-texts.js';
import { talkOf, wordsBehindLabel } from '../../../src/checks/talk-about-text/sentence-talk.js';
import { viewText } from '../../../src/text/text-view.js';

const STORY = 'Write a story about a miller.';
const SONG = 'Compose a song about winter.';
const ESSAY = 'Write an essay on tea.';
const LIST = 'Create a list of garden birds.';
const TIPS = 'Give tips for gardeners.';
const FACT = 'Why do leaves fall?';

function talk(instruction: string, sentence: string) {
  return talkOf(sentence, readRequest(viewText(instruction)));
}

describe('versions of a text', () => {
  test.each([
    [FACT, 'This revised answer explains the cause.'],
    [FACT, "Here's an improved and longer explanation:"],
    [FACT, 'A better response would name the hormone.'],
    [FACT, 'The original answer leaves out the hormone.'],
    [FACT, 'It meets the given instruction in every point.'],
    [FACT, 'The response provided is too short.'],
    [STORY, 'The story provided has no ending.'],
    [STORY, "Here's a better version of it."],
    ['Design a training plan.', 'This revised plan asks for more.'],
    [STORY, 'Your first story was too short.'],
    [STORY, 'Upon reviewing the story, one thing stands out.'],
    [STORY, 'To improve the story, the miller needs a wish.'],
    [STORY, 'To make the story more vivid, add smells.'],
    [STORY, 'To create a more gripping story, raise the stakes.'],
    [STORY, 'By adding these improvements, the miller comes alive.'],
    [STORY, 'With these additional details the miller comes alive, adding these additional notes.'],
  ])('%s: %s', (instruction, sentence) => {
    expect(talk(instruction, sentence)).toBe('version');
  });

  test.each([
    [FACT, 'An improved variety of apple was bred in 1907.'],
    [FACT, 'The original inhabitants left the valley.'],
    [FACT, 'A better harvest followed.'],
    [FACT, 'A better solution is to plant oaks.'],
    [FACT, 'This modified approach saves water.'],
    [FACT, 'To improve the soil, add compost.'],
    [FACT, 'To create a more fertile soil, add compost.'],
    [FACT, 'Upon seeing the storm they turned back.'],
    [FACT, 'These changes took a century.'],
    [FACT, 'The first request came from Spain.'],
    ['Analyze the speech.', 'The speech provided evidence of skill.'],
    ['Identify what differs in these texts.', 'The first text speaks of a dog.'],
    ['Write a letter with a draft report.', 'Compared with the original draft it is short.'],
    ['Sort the given text by length.', 'The given text has three lines.'],
  ])('not %s: %s', (instruction, sentence) => {
    expect(talk(instruction, sentence)).not.toBe('version');
  });
});

describe('judgements of a text', () => {
  test.each([
    [STORY, 'The story lacks a turning point.'],
    [STORY, 'The narrative fails to hold its reader.'],
    [STORY, 'However, the plot is somewhat repetitive and vague.'],
    [SONG, 'The lyrics are well-written and clear.'],
    [STORY, 'The ending feels rushed.'],
  ])('%s: %s', (instruction, sentence) => {
    expect(talk(instruction, sentence)).toBe('judgement');
  });

  test.each([
    [STORY, 'The miller lacks courage.'],
    [STORY, 'The story was told in every village.'],
    [SONG, 'The song is over and the hall is dark.'],
    [STORY, 'The miller of whom the story speaks is old.'],
  ])('not %s: %s', (instruction, sentence) => {
    expect(talk(instruction, sentence)).not.toBe('judgement');
  });
});

describe('prescriptions for a text', () => {
  test.each([
    [SONG, 'The song should evoke frost and silence.'],
    [SONG, 'Additionally, each verse could name a month.'],
    [SONG, 'Include images of frozen ponds.'],
    [SONG, 'Clearly describe the cold.'],
    [SONG, 'Furthermore, emphasize the silence.'],
    [SONG, '- Imagery: Use metaphors in every verse.'.slice(2)],
    [SONG, 'Adding a chorus would help the listener.'],
    [ESSAY, 'Introduction: Define tea and its origins.'],
    [ESSAY, 'It is important to note that the essay should also cover trade.'],
    [ESSAY, 'By naming sources, the essay can convince more readers.'],
    [LIST, 'Provide a description of each bird.'],
    [LIST, 'Consider adding an example for each.'],
  ])('%s: %s', (instruction, sentence) => {
    expect(talk(instruction, sentence)).toBe('prescription');
  });

  test.each([
    [SONG, 'You should see the frost on the lake.'],
    [SONG, 'Use your sleeve to wipe the window.'],
    [SONG, 'Singing would keep us warm.'],
    [SONG, 'Learning the language can open doors.'],
    [STORY, 'The tale that should have been told is lost.'],
    [ESSAY, 'The article highlights the need for tea.'],
    [TIPS, 'Describe your soil to the shop assistant.'],
    [FACT, 'Describe the leaf.'],
    ['Create a list of interview questions.', 'Describe a conflict that you solved.'],
    ['Write an article about ways to save water.', 'Discuss water with your family.'],
    [LIST, 'Provide water in summer.'],
    [LIST, 'Use the chart.'],
  ])('not %s: %s', (instruction, sentence) => {
    expect(talk(instruction, sentence)).not.toBe('prescription');
  });
});

test('`it` means the text where the sentence before spoke about one', () => {
  const request = readRequest(viewText(STORY));
  expect(talkOf('It lacks tension.', request, true)).toBe('judgement');
  expect(talkOf('It should end sooner.', request, true)).toBe('prescription');
  expect(talkOf('It lacks tension.', request)).toBeNull();
});

test('any text of a kind is only prescribed by what demands', () => {
  expect(talk(STORY, 'A story should have a conflict.')).toBe('prescription');
  expect(talk(STORY, 'A story could have a conflict.')).toBeNull();
});

describe('descriptions of a text', () => {
  test.each([
    [STORY, 'The story follows a miller through one winter.'],
    [STORY, 'This narrative then delves into his debts.'],
    [ESSAY, 'In this essay, we will explore the history of tea.'],
    [ESSAY, 'The following article discusses tea.'],
    [ESSAY, 'We will examine three kinds of tea.'],
  ])('%s: %s', (instruction, sentence) => {
    expect(talk(instruction, sentence)).toBe('description');
  });

  test.each([
    [STORY, 'The miller follows the river.'],
    [STORY, 'He opens the door and begins to sing.'],
    [ESSAY, 'We will drink tea.'],
    [ESSAY, 'Tea begins as a leaf.'],
    [ESSAY, 'Of all articles of trade tea offers most.'],
  ])('not %s: %s', (instruction, sentence) => {
    expect(talk(instruction, sentence)).toBeNull();
  });
});

test.each([
  ['Structure: Begin with a question.', ['begin', 'with', 'a', 'question']],
  ['**Structure**: Begin anew.', ['begin', 'anew']],
  ['At 10:30 we left.', ['at', '10', '30', 'we', 'left']],
  ['No label here.', ['no', 'label', 'here']],
  ['Label: lower case stays', ['label', 'lower', 'case', 'stays']],
])('the words behind the label of %j', (sentence, words) => {
  expect(wordsBehindLabel(sentence)).toEqual(words);
});

test.each([
  ['answers', true],
  ['sonnet', true],
  ['miller', false],
  ['almanac', true],
])('%s names a work: %s', (word, names) => {
  expect(namesWork(word, readRequest(viewText('Make an almanac of the year.')))).toBe(names);
});
