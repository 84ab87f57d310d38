import { useRef, useState } from 'preact/hooks';
import { formatShare } from '../../report/figures.js';
import type { Choices } from '../api/api-types.js';
import { describeProblem } from '../api/problem.js';
import { useApp } from '../app-context.js';
import { formatBytes } from '../wording/format-bytes.js';
import { ProblemText } from './problem-text.js';
import { ProgressBar } from './progress-bar.js';

interface DatasetFieldProps {
  readonly choices: Choices;
  readonly value: string;
  readonly onValue: (dataset: string) => void;
  /** Called when the server has a further file. */
  readonly onUploaded: () => void;
  readonly problem: string | undefined;
}

/** Which file a run starts from: one that the server has, or one from here. */
export function DatasetField({ choices, value, onValue, onUploaded, problem }: DatasetFieldProps) {
  const { api, announce } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const abort = useRef<AbortController | undefined>(undefined);
  const [sent, setSent] = useState<number>();
  const [refused, setRefused] = useState<string>();
  const [uploaded, setUploaded] = useState<Choices['datasets']>([]);
  const known = new Set(choices.datasets.map(({ name }) => name));
  const datasets = [...choices.datasets, ...uploaded.filter(({ name }) => !known.has(name))];

  const upload = async (file: File) => {
    setRefused(undefined);
    if (file.size > choices.uploadLimit) {
      const limit = formatBytes(choices.uploadLimit);
      setRefused(`${file.name} has ${formatBytes(file.size)}; at most ${limit} can be uploaded.`);
      return;
    }
    abort.current = new AbortController();
    setSent(0);
    try {
      const { signal } = abort.current;
      const added = await api.uploadDataset(file, { onProgress: setSent, signal });
      setUploaded((before) => [...before, added]);
      onValue(added.name);
      onUploaded();
      announce(`${file.name} is uploaded`);
    } catch (error) {
      if (!abort.current.signal.aborted) setRefused(describeProblem(error));
    }
    setSent(undefined);
  };

  return (
    <div class="field">
      <label for="dataset">Dataset</label>
      <div class="form-line">
        <select
          id="dataset"
          name="dataset"
          class="input form-grow"
          required
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby="dataset-problem"
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        >
          <option value="">{datasets.length === 0 ? 'none here yet: upload one' : 'choose one'}</option>
          {datasets.map(({ name, bytes }) => (
            <option key={name} value={name}>
              {name} ({formatBytes(bytes)})
            </option>
          ))}
        </select>
        <button
          type="button"
          class="button"
          disabled={sent !== undefined}
          onClick={() => input.current?.click()}
        >
          Upload a file…
        </button>
        <input
          ref={input}
          type="file"
          class="hidden"
          tabIndex={-1}
          aria-label="Dataset to upload"
          accept=".json,.jsonl,.ndjson,.gz"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            currentTarget.value = '';
            if (file !== undefined) void upload(file);
          }}
        />
      </div>
      {sent !== undefined && (
        <div class="form-line">
          <ProgressBar label="Upload" done={sent} total={1} />
          <span class="number">{formatShare(sent)}</span>
          <button type="button" class="button" onClick={() => abort.current?.abort()}>
            Cancel
          </button>
        </div>
      )}
      <div id="dataset-problem" aria-live="polite">
        {(refused ?? problem) !== undefined && <ProblemText text={refused ?? problem ?? ''} />}
      </div>
    </div>
  );
}
