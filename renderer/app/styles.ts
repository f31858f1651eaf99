// Order matters: Blueprint first, so that our variables and our type have the last word.
import 'normalize.css';
import '@blueprintjs/core/lib/css/blueprint.css';
import '@blueprintjs/select/lib/css/blueprint-select.css';
import '../ui/fonts.css';
import '../ui/theme.css';
import '../ui/blueprint.css';
