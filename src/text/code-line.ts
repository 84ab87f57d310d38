/**
 * What a line outside any fence says about being code: `code` is hardly anything else, `filler` stands within code as
 * well as elsewhere (a bracket, a comment, an assignment), `prose` is anything else.
 */
export type CodeLineKind = 'code' | 'filler' | 'prose';

/** A line is judged by its beginning; in characters. It keeps the patterns below cheap on lines of any length. */
const LONGEST = 200;
/** A longer run of white space within a line is cut to this before it is judged; in characters. */
const WIDEST_GAP = /[ \t]{2,}/g;
const SYMBOL = /[(){}[\]<>=;:#@$"'\\/*+.|]/;
/** Five words on end, after any bullet, as no line of code begins; spares prose the patterns below. */
const PROSE =
  /^(?:[-*•+] |\d{1,3}[.)] )?(?!(?:if|elif|else|elsif|while|for|with|return|from|import|select|insert|create|delete|alter|drop|update|where|order|group|left|right|inner|public|private|protected|static) )(?:[\p{L}'’,-]{1,30} ){5}/iu;

/** Python, and what resembles it. */
const PYTHON: readonly RegExp[] = [
  /^(?:async )?def \w+ ?\(/,
  /^class \w+(?:\([\w., =]*\))?:$/,
  /^(?:from [\w.]+ )?import [\w.*]+(?: as \w+)?(?:, ?[\w.]+(?: as \w+)?)*;?$/,
  /^(?:if|elif|while) (?=.*(?:[=!<>]=|[<>%]| in | is | and | or )).*:$/,
  /^(?:if|elif|while) (?:not )?[\w.]+(?:\(.*\))?:$/,
  /^for [\w, ()]+ in [\w.]+(?:\(.*\)|\[.*\])*:$/,
  /^(?:else|try|finally|except(?: \w+)?(?: as \w+)?) ?:$/,
  /^with \w[\w.]*\(.*\).*:$/,
  /^@\w[\w.]*(?:\(.*\))?$/,
];

/** C, Java, JavaScript, PHP, Go, Rust and their kin. */
const BRACED: readonly RegExp[] = [
  /^#(?:include|define|ifdef|ifndef|endif|pragma)\b/,
  /^(?:using namespace|using|package|namespace) [\w.:]+;$/,
  /^(?:public|private|protected|internal|static|final|abstract|export|async|default) [\w<>[\], ]+(?:[({;=]|$)/,
  /^(?:void|int|long|float|double|char|bool|boolean|string|String|auto|unsigned|struct|enum|fn|func|function|sub|interface|class|trait|impl)\b[\w<>[\]*&, :$]*[({;=]/,
  /^(?:const|let|var|val|my|local) [\w{}[\], :$@<>?]+=/,
  /^(?:\} ?)?(?:if|else if|while|for|foreach|switch|catch|elseif) ?\(/,
  /^(?:\} ?)?(?:else|try|do|finally) ?\{$/,
  /^(?:case .+|default) ?:(?: .*;)?$/,
  /[)\w\]"'] ?\{$/,
  /^[\w.$>:*-]+(?:\[.*\])? ?(?:[-+*/%|&^]|<<|>>)?= ?\S.*;$/,
  /^[\w.$>:-]+ ?\(.*\) ?;$/,
  /^(?:return|break|continue|throw|import|delete|goto|echo|print)\b.*;$/,
  /^[\w.$[\]]+(?:\+\+|--);$/,
  /=> ?\{$|^\}\)\(?\)?;?$|^\}\)?;$/,
];

/** What stands in programs of many languages. */
const ANY_PROGRAM: readonly RegExp[] = [
  /^(?:print|println|printf|puts|console\.\w+|System\.out\.\w+|fmt\.\w+|std::\w+|cout|cin|cerr)\b ?(?:\(|<<|>>)/,
  /^return\b(?:[ (][\w[\]().,+\-*/%'"=<>!&|: {}]*)?$/,
  /^[\w.]+\.\w+\(.*\)$/,
  /^[\w.]+ ?= ?(?:\w[\w.]*)?[([{].*[)\]},]$/,
];

/** Mark-up, data, queries and commands. */
const OTHER_CODE: readonly RegExp[] = [
  /^<(?:!DOCTYPE|!--|\/?[A-Za-z][\w:-]*(?:\s[^<>]*)?\/?>)/i,
  /^[.#]?[\w-]+(?:[ ,.:#>][\w ,.:#>-]*)? ?\{(?:.*\})?$/,
  /^[a-z-]+: ?[^;{}]+;(?: ?\/\*.*)?$/,
  /^"[\w $@.-]+" ?: ?(?:["[{\d-]|true|false|null)/,
  /^\{ ?["'][\w $@.-]+["'] ?:/,
  /^SELECT\b.+/,
  /^(?:CREATE (?:OR REPLACE )?(?:TABLE|VIEW|DATABASE|INDEX|PROCEDURE|FUNCTION|TRIGGER)|INSERT INTO|DELETE FROM|ALTER TABLE|DROP TABLE|UPDATE \w+ SET)\b/i,
  /^select .+ from \w+/i,
  /^#!\//,
  /^(?:\$ |sudo |pip3? install |npm (?:install|run) |git (?:clone|add|commit|push) |cd [\w/~.]+$)/,
  /^>>> /,
];

/** Code without a single sign in it. */
const PLAIN_CODE: readonly RegExp[] = [
  /^(?:from \w+ )?import \w+(?: as \w+)?(?:, ?\w+)*$/,
  /^select \w+(?:, ?\w+)* from \w+/,
  /^(?:sudo|pip3? install|npm (?:install|run)|git (?:clone|add|commit|push)) \w/,
  /^return(?: \w+| -?\d+)?$/,
  /^SELECT \w[\w, ]*$/,
  /^(?:FROM|WHERE|GROUP BY|ORDER BY|HAVING|(?:LEFT |RIGHT |INNER |OUTER |FULL |CROSS )?JOIN|UNION(?: ALL)?|LIMIT) \w/,
  /^(?:CREATE (?:TABLE|VIEW|DATABASE) \w+|INSERT INTO \w+|DELETE FROM \w+|DROP TABLE \w+)$/i,
];

const FILLER: readonly RegExp[] = [
  /^[\])}>;,]+$/,
  /^[[({]+$/,
  /^(?:\/\/|\/\*|\*\/|\*(?: |$)|<!--|-->|--(?: |$))/,
  /^#(?!#)/,
  /^[\w.[\]$"']+(?:, ?[\w.[\]$"']+)* ?(?:[-+*/%|&]|\*\*|\/\/)?= ?\S/,
  /^["'].*["'],?$/,
  /^["']{3}/,
  /^(?:if|while|for|when|elsif|else if|elif|repeat|until|foreach)\b.*(?:then|do|:)$/,
  /^(?:IF|WHILE|FOR|ELSE IF|ELSEIF|REPEAT|UNTIL)\b.*(?:THEN|DO|:)$/,
  /^[\w.]+\(.*\)?[,;:]?$/,
  /^[\w"'[\]{}().]+,$/,
  /^[\w$]+ ?: ?[\w"'[{].*,$/,
  /^(?:\.\.\.|…)$/,
];

const PLAIN_FILLER =
  /^(?:end|fi|done|esac|endif|pass|break|continue|begin|return|else|do|then|loop|next|wend)$/i;

const SYMBOLIC_CODE = [...PYTHON, ...BRACED, ...ANY_PROGRAM, ...OTHER_CODE, ...PLAIN_CODE];

/** Judges one line by its form. */
export function judgeCodeLine(raw: string): CodeLineKind {
  const line = raw.slice(0, LONGEST).trim().replace(WIDEST_GAP, ' ');
  if (line === '' || PLAIN_FILLER.test(line)) return 'filler';
  if (!SYMBOL.test(line)) return matches(PLAIN_CODE, line) ? 'code' : 'prose';
  if (PROSE.test(line)) return 'prose';
  if (matches(SYMBOLIC_CODE, line)) return 'code';
  return matches(FILLER, line) ? 'filler' : 'prose';
}

function matches(patterns: readonly RegExp[], line: string): boolean {
  return patterns.some((pattern) => pattern.test(line));
}
