/** What the examples do by script, by the name of the example. Each gets the element the example stands in. */
export const SET_UPS = {
  'contacts-source': (example) => {
    const customers = [
      { name: 'Erika Muster', number: '+49 30 1234567', detail: 'Muster GmbH' },
      { name: 'Jean Dupont', number: '+33 1 2345678', detail: 'Dupont et fils' },
    ];
    example.querySelector('ozeki-contacts').source = (search) =>
      customers.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  },
  'dialpad-ask': (example) => {
    const told = example.querySelector('output');
    example.addEventListener('ozeki-dial', (event) => {
      event.preventDefault();
      told.value = `This page was asked to call ${event.detail.number}, and did not.`;
    });
  },
  'sessions-selection': (example) => {
    const told = example.querySelector('output');
    const list = example.querySelector('ozeki-session-list');
    list.addEventListener('ozeki-selection-change', () => {
      told.value = `Selected: ${list.selectedSessions.length}`;
    });
  },
  'second-phone': (example) => {
    const client = example.querySelector('ozeki-client');
    client.extension = '1003';
    client.password = 'demo-1003';
  },
};
