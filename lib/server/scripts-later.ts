/**
 * Lets the browser start a page's scripts after its first paint. They are loaded from the start, and started by a few
 * lines in the head that wait for the browser to report that it has painted text. A frame is no sign of it: the first ones
 * have only the background. Until then links and forms work as the HTML that they are.
 */

/** Next's scripts in the head, which may run in any order at any time. */
const SCRIPT = /<script src="([^"]+)" async=""( nonce="[^"]*")?><\/script>/g;

/** Behind a style sheet, the browser would run it only when it has that. */
const FIRST_STYLES = '<link rel="stylesheet"';

/** For browsers that report no paint. A page that nobody looks at is not painted, and its scripts start at once. */
const LATEST_MS = 2_000;

/**
 * Once there is a body, all of the head is there. A script finds out by its address, as it is written, which of the
 * build's files it is.
 */
const START = `(() => {
let begun = false;
const begin = () => {
if (begun) return;
if (!document.body) return void setTimeout(begin, 10);
begun = true;
for (const link of document.querySelectorAll("link[data-later]")) {
const script = document.createElement("script");
script.setAttribute("async", "");
script.nonce = link.nonce;
script.setAttribute("src", link.getAttribute("href"));
document.head.append(script);
}
};
setTimeout(begin, ${LATEST_MS});
if (document.visibilityState === "hidden") begin();
else new PerformanceObserver((seen) => {
if (seen.getEntriesByName("first-contentful-paint").length > 0) begin();
}).observe({ type: "paint", buffered: true });
})()`.replaceAll('\n', '');

/** @param chunk the beginning of a page; without a whole head it is returned as it is */
export function startScriptsLater(chunk: Buffer): Buffer {
  const end = chunk.indexOf('</head>');
  const head = chunk.subarray(0, Math.max(0, end)).toString();
  const styles = head.indexOf(FIRST_STYLES);
  const [, , nonce = ''] = [...head.matchAll(SCRIPT)][0] ?? [];
  if (styles === -1 || nonce === '') return chunk;
  const loaded = (part: string) =>
    part.replace(SCRIPT, '<link rel="preload" as="script" fetchPriority="low" href="$1"$2 data-later=""/>');
  const changed = `${loaded(head.slice(0, styles))}<script${nonce}>${START}</script>${loaded(head.slice(styles))}`;
  return Buffer.concat([Buffer.from(changed), chunk.subarray(end)]);
}
