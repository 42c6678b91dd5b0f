import { SOURCE_NAMES, SourceError } from '../errors';
import { faultOf, reasonOf } from '../faults';
import type { HttpResponse } from '../http';
import type { Service } from './catalog';

/** What an unsuccessful response of a service means. `what`: name of the request. */
export function refusal(service: Service, what: string, response: HttpResponse): SourceError {
  const { status } = response;
  const name = SOURCE_NAMES[service];
  const fault = faultOf(response);
  const because = fault ? `: ${fault}` : '';
  switch (status) {
    case 401:
      return new SourceError(service, 'unauthorized', `${name} rejected the token${because}.`, { status });
    case 403: {
      // The name of a policy helps less than the role that policies ask for by default.
      const reason = fault && !/policy|admin|rbac/i.test(fault) ? fault : 'the account needs the admin role';
      return new SourceError(service, 'forbidden', `${name} denied access to ${what}: ${reason}.`, { status });
    }
    case 406:
      return new SourceError(service, 'missing', `${name} does not support the API version it advertises.`, { status });
    default: {
      const reason = reasonOf(response) ?? because;
      return new SourceError(service, 'http', `${name} returned ${status} for ${what}${reason}.`, { status });
    }
  }
}
