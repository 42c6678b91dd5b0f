/**
 * Security headers of every answer: pages, data and files. Plain JavaScript: next.config.mjs gives them to Next, and
 * server-front.mjs adds them to answers that never reach Next. A reverse proxy with TLS adds Strict-Transport-Security.
 */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not no-referrer, which would make a form's Origin null: the sign-in checks that to recognise its own page.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
};

/** The content security policy of answers that are not pages: nothing in them may run or be framed. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
