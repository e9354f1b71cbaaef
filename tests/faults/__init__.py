"""The store hurts itself, and loses nothing: the promises of the README, each with its figure.

Read it as a story:

- `operations` names all that is done to a store; `truth` says what a store holds as a person sees it, and judges
  what a fault left: the old state, the new one, or something that must never be;
- `tracing` lets an operation run under strace, kills it at any system call or fails that call;
- `crash_states` replays every state that a lost power may leave on the disk;
- `rot` damages files; `writers` are many processes that save while some are killed;
- each `test_…` is one promise. `scale` has the figures: those of every change, and the larger ones of `make faults`.
"""
