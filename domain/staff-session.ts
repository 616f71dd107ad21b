/** A session of the console ends after so many minutes without a click, and after so many hours in any case. */
export const SESSION_IDLE_MINUTES = 15;
export const SESSION_HOURS = 8;
