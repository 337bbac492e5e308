import { languageMarks, languageTitles, type Language } from '../../engine/model/index.ts';
import classes from './language-mark.module.css';

/** In which language something is written, as short as it fits beside its name; who hears the page is told the name by what it stands on. */
export function LanguageMark({ language }: { language: Language }) {
  return (
    <span
      className={classes.mark}
      data-language={language}
      title={`Written in ${languageTitles[language]}`}
      aria-hidden
    >
      {languageMarks[language]}
    </span>
  );
}
