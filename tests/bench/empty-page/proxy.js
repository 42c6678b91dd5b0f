/** Stands here so that the build does not find the product's in a folder above. */
export function proxy() {}

export const config = { matcher: ['/nothing-is-here'] };
