import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RecordDetail } from '../../report/record-data.js';
import { rememberRow } from '../addresses/current-row.js';
import { navigate } from '../addresses/location.js';
import { addressQuery, filterQuery, readAddress } from '../addresses/record-address.js';
import { hrefOf } from '../addresses/route.js';
import { placeOn, useWalk } from '../addresses/walk.js';
import { useRunEvents } from '../api/use-run-events.js';
import { useApp } from '../app-context.js';
import { DataText } from '../components/data-text.js';
import { EditDialog } from '../components/edit-dialog.js';
import { HelpButton } from '../components/help-button.js';
import { KeyHelp } from '../components/key-help.js';
import { Layout } from '../components/layout.js';
import { PromptDialog } from '../components/prompt-dialog.js';
import { RecordBar } from '../components/record-bar.js';
import { RecordBody, shownResponse } from '../components/record-body.js';
import { RetryDialog } from '../components/retry-dialog.js';
import { RunProgress } from '../components/run-progress.js';
import { ProblemState, State } from '../components/state.js';
import { decidedRecord } from '../decisions/decided-record.js';
import { readDraft } from '../decisions/edit-draft.js';
import { useRecord } from '../decisions/record-store.js';
import { useDecisions } from '../decisions/use-decisions.js';
import { useKeys } from '../keys/use-keys.js';
import { useSignal } from '../signal.js';

type Opened = 'help' | 'retry' | 'edit' | { readonly prompt: number };

interface RecordPageProps {
  readonly run: string;
  readonly id: string;
  readonly query: string;
}

export function RecordPage({ run, id, query }: RecordPageProps) {
  const { api, announce, records, settings, toasts } = useApp();
  const address = useMemo(() => readAddress(query), [query]);
  const listQuery = filterQuery(address.filter, address.sort);
  const { advances, view } = useSignal(settings);
  const mode = address.view ?? view;
  const store = records(run);
  const record = useRecord(store, id);
  const decisions = useDecisions(run);
  const live = useRunEvents(run);
  const ids = useWalk(api, run, listQuery);
  const way = useMemo(() => (ids === undefined ? undefined : placeOn(ids, id)), [ids, id]);
  const [attempt, setAttempt] = useState<number | null>(null);
  const [opened, setOpened] = useState<Opened>();

  const waiting = decisions.waiting(id);
  const at = useRef('');
  const detail = useMemo(() => {
    at.current = new Date().toISOString();
    return record.detail && decidedRecord(record.detail, waiting?.bodies.at(-1), at.current);
  }, [record.detail, waiting]);

  useEffect(() => {
    rememberRow(id);
    setAttempt(null);
    setOpened(undefined);
    scrollTo(0, 0);
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [id]);
  useEffect(() => {
    for (const next of way?.next ?? []) store.ensure(next);
  }, [store, way]);
  const verdict = record.detail?.row.verdict;
  useEffect(() => {
    if (verdict === undefined || way === undefined) return;
    announce(`Record ${id}, ${way.place} of ${way.total}, ${verdict ?? 'no answer yet'}`);
  }, [announce, id, verdict, way]);

  const show = (other: string | undefined) => {
    if (other === undefined) toasts.note('There is no further record that way.');
    else navigate(hrefOf({ page: 'record', run, id: other }, query));
  };
  const next = way?.next[0];
  const goOn = (stay: boolean) => {
    setAttempt(null);
    if (advances && !stay && next !== undefined) show(next);
  };
  const accepted = detail && acceptedAttempt(detail, attempt);
  const accept = (stay: boolean) => {
    if (typeof accepted !== 'number') {
      if (accepted !== undefined) toasts.note(accepted);
      return;
    }
    decisions.decide(id, { action: 'accept', attempt: accepted });
    goOn(stay);
  };
  const reject = (stay: boolean) => {
    if (detail === undefined) return;
    decisions.decide(id, { action: 'reject' });
    goOn(stay);
  };
  const undo = () => {
    const undone = decisions.undoLatest();
    if (undone !== undefined) {
      if (undone !== id) show(undone);
    } else if (detail?.decision) decisions.undo(id);
    else toasts.note('There is nothing to undo.');
  };
  const changeView = () => {
    const other = mode === 'side' ? 'inline' : 'side';
    settings.set({ ...settings.get(), view: other });
    navigate(hrefOf({ page: 'record', run, id }, addressQuery({ ...address, view: other })), {
      replace: true,
    });
    announce(other === 'side' ? 'Side by side' : 'Inline');
  };
  const showAttempt = (step: number) => {
    if (detail === undefined) return;
    const answered = detail.attempts.filter(({ candidate }) => candidate !== null);
    const place = answered.findIndex((other) => other.attempt === (attempt ?? detail.chosen));
    const other = answered[place + step];
    if (other !== undefined) setAttempt(other.attempt);
  };
  const listHref = hrefOf({ page: 'records', run }, listQuery);
  const toList = () => navigate(listHref);
  useKeys('record', {
    next: () => show(next),
    previous: () => show(way?.previous),
    accept,
    reject,
    undo,
    edit: () => detail !== undefined && setOpened('edit'),
    retry: () => setOpened('retry'),
    view: changeView,
    finding: focusNextFinding,
    older: () => showAttempt(-1),
    newer: () => showAttempt(1),
    list: toList,
    search: () => navigate(listHref, { state: { search: true } }),
    help: () => setOpened('help'),
  });

  const draft = detail !== undefined && opened !== 'edit' && readDraft(localStorage, run, id) !== null;
  const close = () => setOpened(undefined);
  return (
    <Layout
      title={`${id} in ${run}`}
      run={run}
      current="records"
      status={
        <>
          <RunProgress live={live} />
          <HelpButton onOpen={() => setOpened('help')} />
        </>
      }
    >
      <RecordBar
        title={
          <h1 class="record-title" tabIndex={-1}>
            <span class="hidden">Record </span>
            <span class="data">
              <DataText text={id} />
            </span>
          </h1>
        }
        row={detail?.row}
        unsaved={waiting?.state === 'unsaved'}
        way={way}
        listHref={listHref}
        recordHref={(other) => hrefOf({ page: 'record', run, id: other }, query)}
        mode={mode}
        advances={advances}
        onAdvances={(value) => settings.set({ ...settings.get(), advances: value })}
        canAccept={typeof accepted === 'number'}
        canUndo={detail?.decision != null}
        onAccept={() => accept(false)}
        onReject={() => reject(false)}
        onEdit={() => setOpened('edit')}
        onRetry={() => setOpened('retry')}
        onUndo={() => decisions.undo(id)}
        onView={changeView}
      />
      {draft && (
        <p class="panel record-draft">
          You typed something here that is not saved.
          <button type="button" class="button" onClick={() => setOpened('edit')}>
            Go on editing
          </button>
        </p>
      )}
      {detail === undefined && record.error !== undefined && (
        <ProblemState error={record.error} retry={() => store.retry(id)} />
      )}
      {detail === undefined && record.error === undefined && <State title="Loading" />}
      {detail !== undefined && (
        <RecordBody
          key={id}
          detail={detail}
          mode={mode}
          attempt={attempt}
          onAttempt={setAttempt}
          onPrompt={(prompt) => setOpened({ prompt })}
        />
      )}
      {opened === 'help' && <KeyHelp page="record" onClose={close} />}
      {opened === 'retry' && (
        <RetryDialog run={run} filter={address.filter} count={way?.total} id={id} onClose={close} />
      )}
      {opened === 'edit' && detail !== undefined && (
        <EditDialog
          run={run}
          id={id}
          text={shownResponse(detail, attempt).text ?? detail.original}
          original={detail.original}
          onSave={(text, stay) => {
            close();
            decisions.decide(id, { action: 'edit', text });
            goOn(stay);
          }}
          onClose={close}
        />
      )}
      {typeof opened === 'object' && (
        <PromptDialog run={run} id={id} attempt={opened.prompt} onClose={close} />
      )}
    </Layout>
  );
}

/** The attempt that accepting what is shown would accept, or why it cannot be accepted. */
function acceptedAttempt(detail: RecordDetail, attempt: number | null): number | string {
  if (attempt === null && detail.decision?.action === 'edit') {
    return 'An edited text is in place. Choose an attempt to accept that instead.';
  }
  return attempt ?? detail.chosen ?? 'There is no refined response to accept.';
}

/** Focuses the place of the finding after the one that has the focus, or of the first. */
function focusNextFinding(): void {
  const marks = [...document.querySelectorAll<HTMLElement>('.finding[tabindex]')];
  const after = marks.findIndex((mark) => mark.matches(':focus')) + 1;
  const mark = marks[after] ?? marks[0];
  mark?.scrollIntoView({ block: 'center' });
  mark?.focus({ preventScroll: true });
}
