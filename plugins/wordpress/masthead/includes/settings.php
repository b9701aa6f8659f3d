<?php
/**
 * Where the gateway is and what it calls this site. Constants of wp-config.php (MASTHEAD_GATEWAY, MASTHEAD_STORE,
 * MASTHEAD_SECRET) go before what is saved here, so that a secret need not stand in the database.
 */

defined( 'ABSPATH' ) || exit;

const MASTHEAD_OPTION = 'masthead_settings';

/** Gateway, store and secret; empty where nothing is set. */
function masthead_settings() {
	$saved    = get_option( MASTHEAD_OPTION );
	$settings = array_merge(
		array(
			'gateway' => '',
			'store'   => '',
			'secret'  => '',
		),
		is_array( $saved ) ? $saved : array()
	);
	foreach ( $settings as $name => $value ) {
		$constant = 'MASTHEAD_' . strtoupper( $name );
		if ( defined( $constant ) ) {
			$settings[ $name ] = (string) constant( $constant );
		}
	}
	$settings['gateway'] = untrailingslashit( $settings['gateway'] );
	return $settings;
}

/** The bytes of a secret as Standard Webhooks writes it; empty: it is none. */
function masthead_key( $secret ) {
	$is_secret = preg_match( '/^whsec_[A-Za-z0-9+\/]+={0,2}$/', $secret );
	$key       = $is_secret ? base64_decode( substr( $secret, strlen( 'whsec_' ) ), true ) : false;
	return is_string( $key ) && strlen( $key ) >= 24 ? $key : '';
}

function masthead_is_configured() {
	$settings = masthead_settings();
	return '' !== $settings['gateway'] && '' !== $settings['store'] && '' !== masthead_key( $settings['secret'] );
}

/** What was typed, where it can be used; the rest stays as it was, with a word on why. */
function masthead_sanitize_settings( $typed ) {
	$saved = get_option( MASTHEAD_OPTION );
	$kept  = is_array( $saved ) ? $saved : array();
	$typed = is_array( $typed ) ? $typed : array();

	$gateway = trim( (string) ( $typed['gateway'] ?? '' ) );
	if ( '' === $gateway || preg_match( '~^https?://[^\s/?#]+~i', $gateway ) ) {
		$kept['gateway'] = untrailingslashit( esc_url_raw( $gateway, array( 'http', 'https' ) ) );
	} else {
		add_settings_error( MASTHEAD_OPTION, 'gateway', __( 'The address of the gateway must begin with https:// or http://.', 'masthead' ) );
	}

	$store = trim( (string) ( $typed['store'] ?? '' ) );
	if ( preg_match( '/^[\w.-]{0,100}$/', $store ) ) {
		$kept['store'] = $store;
	} else {
		add_settings_error( MASTHEAD_OPTION, 'store', __( 'The name of the store is letters, digits, dots, dashes and underscores.', 'masthead' ) );
	}

	// Left empty, it stays: it is never shown again.
	$secret = trim( (string) ( $typed['secret'] ?? '' ) );
	if ( '' !== $secret && '' !== masthead_key( $secret ) ) {
		$kept['secret'] = $secret;
	} elseif ( '' !== $secret ) {
		add_settings_error( MASTHEAD_OPTION, 'secret', __( 'The secret must be whsec_ and at least 24 bytes in base64.', 'masthead' ) );
	}
	return $kept;
}

function masthead_settings_field( $arguments ) {
	$name     = $arguments['name'];
	$settings = masthead_settings();
	$is_fixed = defined( 'MASTHEAD_' . strtoupper( $name ) );
	$is_set   = '' !== $settings[ $name ];
	$kind     = 'secret' === $name ? 'password' : 'text';
	printf(
		'<input type="%s" class="regular-text code" dir="ltr" autocomplete="off" id="masthead-%s" name="%s[%s]" value="%s" placeholder="%s"%s />',
		esc_attr( $kind ),
		esc_attr( $name ),
		esc_attr( MASTHEAD_OPTION ),
		esc_attr( $name ),
		esc_attr( 'secret' === $name ? '' : $settings[ $name ] ),
		esc_attr( 'secret' === $name && $is_set ? __( 'Set. Type another to replace it.', 'masthead' ) : $arguments['example'] ),
		$is_fixed ? ' disabled' : ''
	);
	if ( $is_fixed ) {
		echo '<p class="description">' . esc_html__( 'Set in wp-config.php.', 'masthead' ) . '</p>';
	}
}

add_action(
	'admin_init',
	static function () {
		register_setting(
			'masthead',
			MASTHEAD_OPTION,
			array(
				'type'              => 'array',
				'sanitize_callback' => 'masthead_sanitize_settings',
				'show_in_rest'      => false,
			)
		);
		add_settings_section( 'masthead', '', '__return_null', 'masthead' );
		$fields = array(
			'gateway' => array( __( 'Address of the gateway', 'masthead' ), 'https://content.example' ),
			'store'   => array( __( 'Name of this store there', 'masthead' ), 'desk' ),
			'secret'  => array( __( 'Secret (hookSecret)', 'masthead' ), 'whsec_…' ),
		);
		foreach ( $fields as $name => list( $label, $example ) ) {
			add_settings_field(
				"masthead-$name",
				$label,
				'masthead_settings_field',
				'masthead',
				'masthead',
				array(
					'name'      => $name,
					'example'   => $example,
					'label_for' => "masthead-$name",
				)
			);
		}
	}
);

function masthead_settings_page() {
	echo '<div class="wrap"><h1>Masthead</h1>';
	$waiting = masthead_queue_length();
	if ( ! masthead_is_configured() ) {
		echo '<p>' . esc_html__( 'Nothing is sent until all three are set.', 'masthead' ) . '</p>';
	} elseif ( $waiting > 0 ) {
		/* translators: 1: a number, 2: what went wrong */
		$line = __( '%1$d deliveries wait to be sent. The last one failed: %2$s', 'masthead' );
		echo '<p>' . esc_html( sprintf( $line, $waiting, get_option( 'masthead_last_failure', '' ) ) ) . '</p>';
	}
	echo '<form method="post" action="options.php">';
	settings_fields( 'masthead' );
	do_settings_sections( 'masthead' );
	submit_button();
	echo '</form></div>';
}

add_action(
	'admin_menu',
	static function () {
		add_options_page( 'Masthead', 'Masthead', 'manage_options', 'masthead', 'masthead_settings_page' );
	}
);
