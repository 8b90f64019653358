// Everything a page does beyond links and forms. Without this file every page still works.
import "./parts/autosave";
import "./parts/bell";
import "./parts/dialog";
import "./parts/forms";
import "./parts/leave";
import "./parts/menus";
import "./parts/sums";
import "./parts/swaps";
import "./parts/theme";
import "./parts/toast";
import "./parts/your-time";
