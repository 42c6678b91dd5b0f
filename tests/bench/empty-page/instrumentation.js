/** Exists so that the build does not use the dashboard's file in a parent folder. */
export function register() {}
