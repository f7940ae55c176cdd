import { expect, it } from 'vitest';
import { deliveryListQuery, filtersOf, NO_FILTERS } from './list-query.ts';

it('gives each filter of the address to the graph', () => {
  const { value, dropped } = deliveryListQuery.parse(
    'time=%3E%3D2024-01-01T00%3A00Z&endpoint=e1&status=Failed&status=Pending&type=User.Created&event=v1&object=o1',
  );
  expect(dropped).toEqual([]);
  expect(filtersOf(value)).toEqual({
    createdAt: { greaterThanOrEqual: '2024-01-01T00:00:00.000Z' },
    subscriptionId: 'e1',
    statuses: ['Pending', 'Failed'],
    eventTypes: ['User.Created'],
    eventId: 'v1',
    resourceId: 'o1',
  });
  expect(deliveryListQuery.parse(deliveryListQuery.format(value)).value).toEqual(value);
});

it('names a status that is none, and asks for everything without a filter', () => {
  expect(deliveryListQuery.parse('status=Lost').dropped).toEqual(['status']);
  expect(filtersOf(NO_FILTERS)).toBeNull();
});
