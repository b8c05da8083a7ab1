/** Names of colors that are the system's (CSS Color 4, "System Colors"). */
export const SYSTEM_COLORS = [
  'Canvas',
  'CanvasText',
  'LinkText',
  'VisitedText',
  'ActiveText',
  'ButtonFace',
  'ButtonText',
  'ButtonBorder',
  'Field',
  'FieldText',
  'Highlight',
  'HighlightText',
  'SelectedItem',
  'SelectedItemText',
  'Mark',
  'MarkText',
  'GrayText',
] as const;
export type SystemColor = (typeof SYSTEM_COLORS)[number];
