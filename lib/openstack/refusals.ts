import { SOURCE_NAMES, SourceError } from '../errors';
import type { HttpResponse } from '../http';
import type { Service } from './catalog';
import { faultOf } from './faults';

/** What an unsuccessful response of a service means. `what`: name of the request. */
export function refusal(service: Service, what: string, response: HttpResponse): SourceError {
  const { status } = response;
  const name = SOURCE_NAMES[service];
  switch (status) {
    case 401:
      return new SourceError(service, 'unauthorized', `${name} rejected the token.`, { status });
    case 403:
      return new SourceError(
        service,
        'forbidden',
        `${name} denied access to ${what}: the account needs the admin role.`,
        { status },
      );
    case 406:
      return new SourceError(service, 'missing', `${name} does not support the API version it advertises.`, { status });
    default: {
      const fault = faultOf(response);
      return new SourceError(service, 'http', `${name} returned ${status} for ${what}${fault ? `: ${fault}` : ''}.`, {
        status,
      });
    }
  }
}
