'use client';

import { Component, type ReactNode } from 'react';
import { Notice } from './ui/notice';

type Props = { children: ReactNode };
type State = { failed: boolean };

/** Keeps a bug in one widget within its slot, until new data arrives. */
export class WidgetBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidUpdate(before: Props, { failed }: State) {
    if (failed && before.children !== this.props.children) this.setState({ failed: false });
  }

  override render() {
    return this.state.failed ? (
      <Notice tone="error" role="alert">
        This panel failed. The rest of the page is not affected. The server log has details.
      </Notice>
    ) : (
      this.props.children
    );
  }
}
