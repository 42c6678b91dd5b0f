import type { Level } from '../ui/panel';
import { Tile, TileFigure, TileNote, Tiles } from '../ui/tiles';
import { Tooltip } from '../ui/tooltip';
import type { OutcomeTile } from './outcome-words';

/** What the plan changes, in five figures. */
export function OutcomeTiles({ tiles, level }: { tiles: OutcomeTile[]; level: Level }) {
  return (
    <Tiles columns={5} label="Outcome of the plan">
      {tiles.map(({ title, explanation, from, to, changes, unit, note, detail, isName }) => (
        <Tile
          key={title}
          level={level}
          title={explanation === undefined ? title : <Tooltip text={explanation}>{title}</Tooltip>}
        >
          <TileFigure from={from} to={to} changes={changes} unit={unit} />
          <TileNote title={detail ?? note} mono={isName}>
            {note}
          </TileNote>
        </Tile>
      ))}
    </Tiles>
  );
}
