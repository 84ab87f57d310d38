import { Component, type FunctionComponent, h } from 'preact';

/** A component that is drawn anew only when one of its properties is another. */
export function memo<Props extends object>(Shown: FunctionComponent<Props>): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const names = Object.keys(next) as (keyof Props)[];
      return names.some((name) => next[name] !== this.props[name as never]);
    }

    override render(props: Props) {
      return h(Shown, props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}
