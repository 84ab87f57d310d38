interface NumberFieldProps {
  readonly label: string;
  /** As it was typed; empty for none. */
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly min?: number;
  readonly max?: number;
  /** `any` for any decimals. */
  readonly step?: number | 'any';
  readonly placeholder?: string;
  /** What is wrong with it. */
  readonly problem?: string | undefined;
  /** By which forms and problems know it. */
  readonly name: string;
}

/** A number that may be left out. */
export function NumberField({ label, value, onValue, problem, name, step = 1, ...rest }: NumberFieldProps) {
  const problemId = `${name}-problem`;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        {...rest}
        id={name}
        name={name}
        class="input"
        type="number"
        step={step}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
      {problem !== undefined && (
        <span id={problemId} class="problem-text">
          {problem}
        </span>
      )}
    </div>
  );
}

/** A field as a request has it: nothing when it was left empty. */
export function numberIn<Name extends string>(name: Name, value: string): { [Key in Name]?: number } {
  return (value.trim() === '' ? {} : { [name]: Number(value) }) as { [Key in Name]?: number };
}
