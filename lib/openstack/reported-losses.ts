import type { Loss } from '../shape';
import type { Session } from './session';

/** The same session, which also reports what its reads leave out. */
export const reportingLosses = (session: Session, report: (loss: Loss) => void): Session => ({
  ...session,
  read: (request) =>
    session.read({
      ...request,
      onLoss(loss) {
        request.onLoss?.(loss);
        report(loss);
      },
    }),
});
