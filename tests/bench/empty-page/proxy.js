/** Exists so that the build does not use the dashboard's file in a parent folder. */
export function proxy() {}

export const config = { matcher: ['/nothing-is-here'] };
