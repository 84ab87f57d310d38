interface ProgressBarProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** How far something is. */
export function ProgressBar({ label, done, total }: ProgressBarProps) {
  return <progress class="progress" aria-label={label} value={done} max={Math.max(1, total)} />;
}
