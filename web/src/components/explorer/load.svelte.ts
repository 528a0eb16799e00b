// Reads something again when what names it changes, and says whether it is there.
import { explain } from '../../stores/ui.svelte';

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  error = $state('');

  constructor(read: () => Promise<T>) {
    $effect(() => {
      let stale = false;
      read().then(
        (value) => {
          if (!stale) [this.value, this.error] = [value, ''];
        },
        (failure: unknown) => {
          if (!stale) [this.value, this.error] = [null, explain(failure)];
        },
      );
      return () => (stale = true);
    });
  }
}
