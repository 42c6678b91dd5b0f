'use client';

import { Component, type ReactNode } from 'react';
import { Notice } from './ui/notice';

/** A bug in one widget stays in its slot. */
export class WidgetBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? (
      <Notice tone="error">
        This panel failed. The rest of the page is not affected; the server’s log has the cause.
      </Notice>
    ) : (
      this.props.children
    );
  }
}
