import * as Mui from '@mui/material';
import { DatePicker, LocalizationProvider } from '@mui/x-date-pickers';
import { AdapterDayjs } from '@mui/x-date-pickers/AdapterDayjs';
import dayjs from 'dayjs';
import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';

const CITIES = ['Paris', 'Kyoto', 'Lima', 'Oslo'];

function App() {
  const [open, setOpen] = useState(false);
  const [tab, setTab] = useState(0);
  return h(
    Mui.ThemeProvider,
    { theme: Mui.createTheme({ palette: { primary: { main: '#3f6212' } } }) },
    h(Mui.CssBaseline),
    h(
      Mui.AppBar,
      { position: 'static' },
      h(
        Mui.Toolbar,
        null,
        h(Mui.Typography, { variant: 'h6', sx: { flexGrow: 1 } }, 'Travel'),
        h(Mui.Avatar, null, 'A'),
      ),
    ),
    h(
      Mui.Container,
      { maxWidth: 'sm', sx: { py: 2 } },
      h(
        Mui.Tabs,
        { value: tab, onChange: (_, value) => setTab(value) },
        h(Mui.Tab, { label: 'Flight' }),
        h(Mui.Tab, { label: 'Hotel' }),
      ),
      h(Mui.Alert, { severity: 'info', icon: false }, 'Prices include taxes.'),
      h(
        Mui.Card,
        { sx: { my: 2 } },
        h(
          Mui.CardContent,
          null,
          h(
            Mui.Stack,
            { spacing: 2 },
            h(Mui.TextField, { id: 'name', label: 'Name' }),
            h(Mui.Autocomplete, {
              options: CITIES,
              renderInput: (props) => h(Mui.TextField, { ...props, label: 'City' }),
            }),
            h(
              Mui.Select,
              { value: 'one', 'aria-label': 'Way' },
              h(Mui.MenuItem, { value: 'one' }, 'One way'),
              h(Mui.MenuItem, { value: 'two' }, 'Return'),
            ),
            h(Mui.FormControlLabel, { control: h(Mui.Switch, { defaultChecked: true }), label: 'Window' }),
            h(Mui.FormControlLabel, { control: h(Mui.Checkbox, { defaultChecked: true }), label: 'Meal' }),
            h(Mui.Slider, { defaultValue: 30, 'aria-label': 'Budget' }),
            h(Mui.Rating, { defaultValue: 3 }),
            h(
              LocalizationProvider,
              { dateAdapter: AdapterDayjs },
              h(DatePicker, { label: 'Date', defaultValue: dayjs('2026-04-15') }),
            ),
          ),
        ),
        h(
          Mui.CardActions,
          null,
          h(Mui.Button, { variant: 'contained', disableRipple: true, onClick: () => setOpen(true) }, 'Book'),
          h(Mui.Button, null, 'Later'),
        ),
      ),
      h(
        Mui.Accordion,
        { defaultExpanded: true },
        h(Mui.AccordionSummary, null, 'Baggage'),
        h(Mui.AccordionDetails, null, 'One piece of 23 kg.'),
      ),
      h(Mui.LinearProgress, { variant: 'determinate', value: 60, sx: { my: 2 } }),
      h(Mui.Chip, { label: 'Direct', color: 'primary' }),
      h(
        Mui.Table,
        { size: 'small' },
        h(
          Mui.TableBody,
          null,
          CITIES.map((city, row) =>
            h(
              Mui.TableRow,
              { key: city, hover: true },
              h(Mui.TableCell, null, city),
              h(Mui.TableCell, null, row * 120),
            ),
          ),
        ),
      ),
    ),
    h(
      Mui.Dialog,
      { open, onClose: () => setOpen(false) },
      h(Mui.DialogTitle, null, 'Book it?'),
      h(Mui.DialogContent, null, h(Mui.TextField, { label: 'Message', variant: 'standard' })),
      h(Mui.DialogActions, null, h(Mui.Button, { onClick: () => setOpen(false) }, 'Close')),
    ),
  );
}

createRoot(document.querySelector('#root')).render(h(App));
