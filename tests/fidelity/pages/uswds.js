import '@uswds/uswds/css/uswds.css';
import '@uswds/uswds';
