<?php
/**
 * Plugin Name:       Masthead
 * Description:       Tells a Masthead gateway what changes here, and holds what a newsroom says of a story and WordPress does not.
 * Version:           0.1.0
 * Requires at least: 6.0
 * Requires PHP:      7.4
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       masthead
 */

defined( 'ABSPATH' ) || exit;

const MASTHEAD_VERSION = '0.1.0';

require __DIR__ . '/includes/meta.php';
require __DIR__ . '/includes/editor.php';
require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/saved-time.php';
require __DIR__ . '/includes/collect.php';
require __DIR__ . '/includes/watch.php';
require __DIR__ . '/includes/send.php';
require __DIR__ . '/includes/status.php';
require __DIR__ . '/includes/role.php';

register_activation_hook( __FILE__, 'masthead_add_role' );
register_deactivation_hook(
	__FILE__,
	static function () {
		wp_clear_scheduled_hook( 'masthead_retry' );
	}
);
