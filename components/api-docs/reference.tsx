'use client';

import { useEffect, useMemo } from 'react';
import {
  ApiContentWrap,
  AppStore,
  type ContentItemModel,
  ContentItems,
  MenuItems,
  OptionsProvider,
  RedocWrap,
  StickyResponsiveSidebar,
  StoreProvider,
  ThemeProvider,
} from 'redoc';
import { useLook } from '../charts/look';
import { optionsFor } from './theme';

export type ApiDocument = ConstructorParameters<typeof AppStore>[0];

/** Pixels at the top that the bar covers. */
const TOP_BAR = 53;

/**
 * Redoc from its parts: its own page shows a picture from another server below the menu. What the document says about
 * the API as a whole is on our page above.
 *
 * @param document an OpenAPI document whose references stay inside it
 */
export function Reference({ document }: { document: ApiDocument }) {
  const look = useLook();
  const store = useMemo(() => new AppStore(document, undefined, optionsFor(look, TOP_BAR)), [document, look]);
  useEffect(() => {
    store.onDidMount();
    return () => store.dispose();
  }, [store]);
  const { menu, options } = store;
  // The menu is made of these.
  const items = menu.items as ContentItemModel[];
  return (
    <ThemeProvider theme={options.theme}>
      <StoreProvider value={store}>
        <OptionsProvider value={options}>
          <RedocWrap className="redoc-wrap">
            <StickyResponsiveSidebar menu={menu} className="menu-content">
              <MenuItems items={menu.items} onActivate={(item) => menu.activateAndScroll(item, true)} root />
            </StickyResponsiveSidebar>
            <ApiContentWrap className="api-content">
              <ContentItems items={items} />
            </ApiContentWrap>
          </RedocWrap>
        </OptionsProvider>
      </StoreProvider>
    </ThemeProvider>
  );
}
