/** What the form of every framework holds, and what it noticed of the acts. */
export function firstState() {
  return {
    name: '',
    notes: '',
    agreed: false,
    pace: 'slow',
    size: 's',
    volume: '5',
    count: '1',
    day: '2026-01-15',
    hour: '10:30',
    color: '#000000',
    text: '',
    pressed: 0,
    twice: 0,
    menu: 0,
    routed: 0,
    open: false,
    closed: 0,
    over: 0,
    turned: 0,
    shortcuts: 0,
    dragged: 0,
    dropped: '',
  };
}

export type FormState = ReturnType<typeof firstState>;
