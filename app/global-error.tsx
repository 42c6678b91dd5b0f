'use client';

import { FONTS } from './fonts';
import './globals.css';
import PageError from './error';

/** Takes the place of the whole document where the frame of all pages fails, for example with wrong settings. */
export default function FrameError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" className={FONTS}>
      <head>
        <title>Watcher Visio</title>
      </head>
      <body>
        <main>
          <PageError {...props} />
        </main>
      </body>
    </html>
  );
}
