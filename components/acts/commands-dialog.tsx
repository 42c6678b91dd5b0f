'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { CopyText } from '../ui/copy-text';
import { Dialog } from '../ui/dialog';
import styles from './commands-dialog.module.css';

/** Commands for a terminal, for people who can't act here. @param make the commands, when they are asked for */
export function Commands({ make, primary = false }: { make: () => string; primary?: boolean }) {
  const [text, setText] = useState<string | null>(null);
  return (
    <>
      <Button look={primary ? 'primary' : 'plain'} icon="list" onClick={() => setText(make())}>
        Commands…
      </Button>
      <Dialog open={text !== null} onClose={() => setText(null)} title="Commands for a terminal" wide>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section className={styles.commands} tabIndex={0} aria-label="Commands">
          <pre>{text}</pre>
        </section>
        <div className={styles.foot}>
          <Button onClick={() => setText(null)}>Close</Button>
          <CopyText make={() => text ?? ''} file={{ name: 'commands.sh', type: 'text/x-shellscript' }} look="primary" />
        </div>
      </Dialog>
    </>
  );
}
