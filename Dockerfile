# The product as `npm start` runs it, from a standalone build: the image holds no sources and no build tools.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# Next brings sharp along for an image service that is not used here.
RUN NEXT_OUTPUT=standalone npm run build \
  && rm -rf .next/standalone/node_modules/sharp .next/standalone/node_modules/@img

FROM node:22-bookworm-slim
# One pool of free memory instead of one a thread, which would keep some 50 MB more.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data MALLOC_ARENA_MAX=1
WORKDIR /app
# The one folder that the product writes to, and only without DATABASE_URL.
RUN mkdir /data && chown node:node /data && chmod 700 /data
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
USER node
VOLUME /data
# For receivers with certificates of your own authority: mount its PEM file and set NODE_EXTRA_CA_CERTS to its path.
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# On SIGTERM it finishes what is under way, for up to 40 s: give `docker stop --time 45`.
CMD ["node", "scripts/start.mjs"]
