/**
 * What every answer says to browsers, page, data and file alike. Plain JavaScript: next.config.mjs gives it to Next, and
 * front.mjs to answers that never reach Next. A reverse proxy with TLS adds Strict-Transport-Security.
 */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not no-referrer: a form's Origin, by which the sign-in knows its own page, would be null.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
};

/** For answers that are no pages: nothing in them is to be run or shown inside anything. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
