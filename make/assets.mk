# The style sheet and scripts, built once and again only when something changed.
# Node comes from the machine, or from .venv/bin where set-up put it.

ASSETS := alongside/web/assets
BUILT := alongside/web/static/build
GOVUK := node_modules/govuk-frontend/dist/govuk
NODE_PATH_FIRST := PATH="$(CURDIR)/.venv/bin:$$PATH"

.PHONY: assets
assets: $(BUILT)/app.css $(BUILT)/app.js

# npm writes this file itself when it has finished.
node_modules/.package-lock.json: package.json package-lock.json .npmrc | $(STAMPS)/node
	@echo "Fetching what the style sheet is made from"
	@$(NODE_PATH_FIRST) npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT)/app.css: node_modules/.package-lock.json $(wildcard $(ASSETS)/scss/*.scss)
	@echo "Building the style sheet"
	@mkdir -p $(BUILT)
	@$(NODE_PATH_FIRST) node_modules/.bin/sass --style=compressed --no-source-map \
		--quiet-deps --load-path=node_modules \
		$(ASSETS)/scss/app.scss $(BUILT)/app.css

# The source map is not shipped, so neither is the comment that points at it.
$(BUILT)/app.js: node_modules/.package-lock.json $(wildcard $(ASSETS)/js/*.js)
	@mkdir -p $(BUILT)
	@sed 's|//# sourceMappingURL=.*||' $(GOVUK)/govuk-frontend.min.js > $(BUILT)/govuk-frontend.min.js
	@cp $(ASSETS)/js/*.js $(BUILT)/
	@touch $@
