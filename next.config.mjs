import path from 'node:path';
import { checkBasePath } from './lib/server/base-path.mjs';
import { DATA_POLICY, SECURITY_HEADERS } from './lib/server/security-headers.mjs';

const root = import.meta.dirname;
const basePath = checkBasePath(process.env.BASE_PATH);

/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  basePath,
  // For lib/base-path.ts, on the server and in the browser.
  env: { BUILT_BASE_PATH: basePath },
  outputFileTracingRoot: root,
  turbopack: { root },
  // A native module, and what loads parts of itself by name.
  serverExternalPackages: ['libsql', 'kysely', 'pg'],
  // No image is ever made smaller here.
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  // /api/stats and /api/stats/ both answer; neither redirects.
  trailingSlash: true,
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // For pages and first answers. Answers that are asked for again are compressed once (lib/server/early.ts), and files at
  // the build (lib/server/compress-static.mjs).
  compress: true,
  images: { unoptimized: true },
  // Next keeps bodies of requests for pages, which have none.
  experimental: { proxyClientMaxBodySize: '8kb' },
  cacheHandler: path.join(root, 'lib/dashboard/cache/next-handler.mjs'),
  cacheMaxMemorySize: 0,
  headers: async () => [
    { source: '/:path*', headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
    { source: '/api/:path*', headers: [{ key: 'Content-Security-Policy', value: DATA_POLICY }] },
  ],
};
