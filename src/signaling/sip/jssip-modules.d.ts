/** The modules of JsSIP that come without types; what is used of them is typed in `jssip.ts`. */
declare module 'jssip/lib/Parser.js';
declare module 'jssip/lib/Transactions.js';
declare module 'jssip/lib/sanityCheck.js';
