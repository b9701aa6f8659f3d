<?php
/** Takes away what the plugin keeps for itself; what editors wrote of stories stays with the stories. */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

global $wpdb;
$masthead_options = $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE 'masthead\_queue\_%'" );
array_map( 'delete_option', array_merge( $masthead_options, array( 'masthead_settings', 'masthead_last_failure' ) ) );
remove_role( 'masthead_gateway' );
