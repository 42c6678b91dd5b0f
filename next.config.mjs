import path from 'node:path';

const root = import.meta.dirname;

/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  // /api/stats and /api/stats/ both answer; neither redirects.
  trailingSlash: true,
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // Compressing each answer anew costs more than making it; a reverse proxy does it better.
  compress: false,
  images: { unoptimized: true },
  cacheHandler: path.join(root, 'lib/dashboard/cache-handler.mjs'),
  cacheMaxMemorySize: 0,
};
