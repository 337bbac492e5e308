import classes from './home.module.css';

const places = [0, 1, 2, 3, 4, 5];

/** Holds the place of the cards. */
export function CardsLoading() {
  return (
    <div className={classes.grid} role="status" aria-busy="true" aria-label="Loading the scenarios">
      {places.map((place) => (
        <div key={place} className={`${classes.card} ${classes.waiting}`} />
      ))}
    </div>
  );
}
