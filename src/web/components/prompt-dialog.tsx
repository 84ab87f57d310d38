import { useResource } from '../api/resource.js';
import { useApp } from '../app-context.js';
import { Dialog } from './dialog.js';
import { LongText } from './long-text.js';
import { ProblemState, State } from './state.js';

interface PromptDialogProps {
  readonly run: string;
  readonly id: string;
  readonly attempt: number;
  readonly onClose: () => void;
}

/** The exact messages that were sent to the model. */
export function PromptDialog({ run, id, attempt, onClose }: PromptDialogProps) {
  const { api } = useApp();
  const prompt = useResource(`${run}\n${id}\n${attempt}`, () => api.promptSent(run, id, attempt));
  return (
    <Dialog wide title={`Prompt of attempt ${attempt}, as it was sent`} onClose={onClose}>
      {prompt.loading && <State title="Loading" />}
      {prompt.error !== undefined && <ProblemState error={prompt.error} retry={prompt.reload} />}
      {prompt.value?.messages.map(({ role, content }, place) => (
        <section key={place} class="prompt-message">
          <h3>{role}</h3>
          <pre>
            <LongText text={content} />
          </pre>
        </section>
      ))}
    </Dialog>
  );
}
