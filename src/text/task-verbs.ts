/** Verbs that tasks of instruction datasets begin with, as alternatives for use within a larger expression. */
export const TASK_VERBS =
  'Write|Generate|Create|Describe|Explain|List|Summarize|Summarise|Classify|Identify|Compose|Rewrite|Translate|Name|Find|' +
  'Convert|Design|Develop|Given|Calculate|Suggest|Construct|Edit|Categorize|Analyze|Compare|Rephrase|Paraphrase|Provide|Give';
