/** Every tag, as an application imports them. */
import 'ozeki-webphone';
