import type { Waiting } from '../conduct/call-progress.js';
import { formatDuration } from './figures.js';

/** Why a request will be sent again, in a line; it quotes the server. */
export function waitingText({ waitMs, fault }: Waiting): string {
  const { status } = fault.facts;
  return `sending again in ${formatDuration(waitMs)}: ${status === undefined ? '' : `HTTP ${status}: `}${fault.message}`;
}
