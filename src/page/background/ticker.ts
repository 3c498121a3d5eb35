/**
 * Ticks, in a thread of its own: browsers let the timers of a page that nobody looks at run once a minute, those of
 * its workers as ever. Built as a file by itself, since a worker has to come from the page's own origin.
 */
setInterval(() => postMessage(null), 1000);

export {};
